import { FailureError } from '@exact/host-contracts';
import type { AddressedPatient } from '../stores/patient-table.js';
import type { PracticeStores } from '../stores/practice-stores.js';
import { appointmentReminder } from './appointment-reminder.js';
import { genuinenessOf } from './genuineness.js';
import type { HostChange, Panel, PanelState, PluginRecord } from './host.js';
import { hostFailures } from './host-failures.js';
import type { PanelUser } from './panel-user.js';
import type { Situations } from './situations/situations.js';

/** The patients' own mail, in the own Microsoft 365. */
export interface PatientMail {
  /** The patient of that id writes a new email. `to` `undefined` = to the sample practice's own mailbox. */
  write(patient: string, to: string | undefined): Promise<void>;
  /** The patient of that id answers the last email that they got from the practice. */
  answer(patient: string): Promise<{ readonly kind: 'answered' } | { readonly kind: 'nothing-to-answer' }>;
}

/** What the panel needs of the host that it switches. */
export interface PanelHost {
  readonly version: string;
  readonly records: readonly PluginRecord[];
  restart(version: string): Promise<void>;
  /** `false` when nobody listens. */
  tell(change: HostChange): boolean;
}

export interface PanelOptions {
  readonly stores: PracticeStores;
  readonly user: PanelUser;
  /** `undefined` with the real Microsoft 365. */
  readonly patientMail: PatientMail | undefined;
  readonly situations: Situations;
  readonly dataDirectory: string;
}

/** The panel "Test host": what a developer switches, and what patients do. */
export class HostPanel implements Panel {
  constructor(
    private readonly host: PanelHost,
    private readonly has: PanelOptions,
  ) {}

  async state(): Promise<PanelState> {
    const [{ name }, { campaignPlus }, patients] = await Promise.all([
      this.has.stores.database.read(),
      this.has.stores.practice.read(),
      this.has.stores.patients.list(),
    ]);
    return {
      hostVersion: this.host.version,
      databaseName: name,
      genuine: genuinenessOf(name).genuine,
      mayConfigure: this.has.user.mayConfigure,
      campaignPlus,
      patients,
      plugins: this.host.records,
      accounts: this.has.situations.accounts,
      situations: this.has.situations.view(),
      dataDirectory: this.has.dataDirectory,
    };
  }

  restart(hostVersion: string): Promise<void> {
    return this.host.restart(hostVersion);
  }

  setMayConfigure(may: boolean): Promise<void> {
    this.has.user.setMayConfigure(may);
    for (const kind of ['menu', 'prompts', 'panel'] as const) this.host.tell({ kind });
    return Promise.resolve();
  }

  setDatabaseName(name: string): Promise<void> {
    return this.has.stores.database.rename(name);
  }

  setCampaignPlus(on: boolean): Promise<void> {
    return this.has.stores.practice.setCampaignPlus(on);
  }

  async setSituation(id: string, on: boolean): Promise<void> {
    await this.has.situations.set(id, on);
    this.host.tell({ kind: 'panel' });
  }

  async sendReminder(patient: string): Promise<{ readonly kind: 'queued' } | { readonly kind: 'off' }> {
    const [to, practice] = await Promise.all([this.#patient(patient), this.has.stores.practice.read()]);
    const { kind } = await this.has.stores.outbox.enqueue(appointmentReminder(to, practice));
    return { kind };
  }

  async writeAsPatient(patient: string): Promise<void> {
    const { id } = await this.#patient(patient);
    const account = await this.has.stores.configuration.account();
    await this.#mail().write(id, account?.address.address);
  }

  async answerAsPatient(patient: string): Promise<{ kind: 'answered' } | { kind: 'nothing-to-answer' }> {
    const { id } = await this.#patient(patient);
    return this.#mail().answer(id);
  }

  async #patient(id: string): Promise<AddressedPatient> {
    const patient = (await this.has.stores.patients.list()).find((each) => each.id === id);
    if (!patient) throw new FailureError(hostFailures.unknownEntry);
    return patient;
  }

  #mail(): PatientMail {
    if (!this.has.patientMail) throw new FailureError(hostFailures.noOwnMicrosoft365);
    return this.has.patientMail;
  }
}
