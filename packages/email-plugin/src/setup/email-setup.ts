import { FailureError, Logger, type Failure, type Wizard, type WizardContribution } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { SettingsReader, type CurrentSettings } from '../settings/settings-reader.js';
import type { WizardStart } from './email-setup-wizard.js';
import { SetupServices } from './setup-services.js';

/** The set-up dialogue as the host sees it. Its pages are imported when it is opened for the first time. */
@injectable()
export class EmailSetup implements WizardContribution {
  readonly id = 'email-setup';
  readonly title = 'Email and SMS Setup';
  readonly right = 'configure-email';

  constructor(
    @inject(SettingsReader) private readonly settings: SettingsReader,
    @inject(SetupServices) private readonly services: SetupServices,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Throws a `FailureError` with code `settings.newer` when a newer plugin has stored the settings. */
  async open(): Promise<Wizard> {
    const [{ EmailSetupWizard }, start] = await Promise.all([import('./email-setup-wizard.js'), this.begin()]);
    return new EmailSetupWizard(start, this.services, this.logger);
  }

  private async begin(): Promise<WizardStart> {
    const [current, { notGenuine }, database, { limits }] = await Promise.all([
      this.read(),
      import('./setup-failures.js'),
      this.services.host.database(),
      this.services.endpoints.get(),
    ]);
    const { genuineness } = database;
    return { ...current, limits, blocked: genuineness.genuine ? undefined : notGenuine(genuineness.reason) };
  }

  private async read(): Promise<CurrentSettings & { readonly unreadable: Failure | undefined }> {
    try {
      return { ...(await this.settings.read()), unreadable: undefined };
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.code !== 'settings.unreadable') throw error;
      return { stored: await this.services.configuration.read(), settings: undefined, unreadable: error.failure };
    }
  }
}
