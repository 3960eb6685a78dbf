export type { EmailService, PanelState, PluginRecord, SupportFile, WizardView } from '../../host/host.js';
