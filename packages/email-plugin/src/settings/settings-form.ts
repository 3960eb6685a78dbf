import { FailureError, type Failure, type JsonObject } from '@exact/host-contracts';
import { SETTINGS_UPDATES } from './settings-updates.js';
import { validateSettings, type Settings } from './settings.js';
import { toStoredForm, updateStoredForm } from './stored-form.js';

/** Today's stored form of settings. */
export function storeSettings(settings: Settings): JsonObject {
  // JSON drops what is undefined, so that the stored form has no keys without a value.
  return toStoredForm(JSON.parse(JSON.stringify(settings)) as JsonObject, SETTINGS_UPDATES);
}

/** Throws a `FailureError`, `settings.newer` or `settings.unreadable`. */
export function readSettings(stored: JsonObject): Settings {
  const reading = updateStoredForm(stored, SETTINGS_UPDATES);
  if (reading.kind === 'newer') throw new FailureError(newer(reading.form));
  if (reading.kind === 'unreadable') throw new FailureError(unreadable(reading.reason));
  try {
    return validateSettings(reading.value);
  } catch (cause) {
    throw new FailureError(unreadable(Error.isError(cause) ? cause.message : String(cause)), { cause });
  }
}

function newer(form: number): Failure {
  return {
    code: 'settings.newer',
    sentence: 'Email was set up with a newer version of EXACT than this one.',
    fixedBy: 'user',
    advice: 'Update this computer to the version that the practice uses. Nothing is lost until then.',
    retry: { kind: 'never' },
    details: `stored form ${form}`,
  };
}

function unreadable(details: string): Failure {
  return {
    code: 'settings.unreadable',
    sentence: 'The stored email settings can’t be read.',
    fixedBy: 'vendor',
    advice: 'Open Configure > Email and SMS Setup and go through it again. Received and waiting email is kept.',
    retry: { kind: 'never' },
    details,
  };
}
