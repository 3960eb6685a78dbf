export type { EmailService, MenuEntry, PanelState, PluginRecord, WizardView } from '../../host/host.js';
