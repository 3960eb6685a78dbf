export type {
  ChangeHistory,
  EmailService,
  PanelState,
  PluginRecord,
  SupportFile,
  WizardView,
} from '../../host/host.js';
