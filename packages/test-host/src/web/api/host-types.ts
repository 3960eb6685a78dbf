export type { EmailService, PanelState, PluginRecord, WizardView } from '../../host/host.js';
