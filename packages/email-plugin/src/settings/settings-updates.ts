import type { FormUpdate } from './stored-form.js';

/**
 * The way from each older stored form of the settings to the next, oldest first; none is needed yet. Append only: what a
 * practice stored with an older plugin must be readable for ever.
 */
export const SETTINGS_UPDATES: readonly FormUpdate[] = [];
