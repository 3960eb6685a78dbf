import {
  FailureError,
  type CommandCall,
  type CommandOutcome,
  type Practice,
  type Prompt,
  type ProviderLimits,
  type SupportFact,
} from '@exact/host-contracts';
import type {
  ChangeHistory,
  EmailService,
  Host,
  HostChange,
  MenuEntry,
  Panel,
  PanelState,
  SupportFile,
  WizardFrame,
} from '../../src/host/host.js';
import { Emitter } from './emitter.js';
import { FakeInbox, FakeOutbox } from './fake-stores.js';
import { FakeWizard } from './fake-wizard.js';
import { MORNING, PATIENTS, sampleFailure, sampleInbox, sampleOutbox } from './sample-mail.js';

/** A host without plugin, database and mail: enough to draw every part of the page, with a record of what was asked. */
export class FakeHost implements Host {
  readonly record: string[] = [];
  readonly wizards: FakeWizard[] = [];
  readonly inbox = new FakeInbox(sampleInbox(250));
  readonly outbox = new FakeOutbox(sampleOutbox());
  openPrompts: Prompt[] = [];
  service: EmailService = {
    state: 'needs attention',
    address: 'reception@brightsmile.example',
    setAside: [],
    reports: [
      { part: 'receive', state: 'working', lastAt: MORNING, signedInAs: 'reception@brightsmile.example' },
      { part: 'send', state: 'needs attention', lastAt: MORNING, waiting: 1, held: 1, failure: sampleFailure },
    ],
  };
  limits: ProviderLimits = {
    messagesPerMinute: 30,
    recipientsPerDay: 10_000,
    recipientsPerMessage: 500,
    attachmentsPerMessage: 250,
    messageBytes: 36_700_160,
  };
  browserModules = new Map<string, string>();
  private readonly changes = new Emitter<HostChange>();
  readonly onDidChange = this.changes.event;
  private practiceNow: Practice = {
    name: 'Bright Smile Dental',
    emailAddress: 'old@brightsmile.example',
    campaignPlus: false,
  };
  private panelNow: PanelState = {
    hostVersion: 'V13.706',
    databaseName: 'Bright Smile Dental',
    genuine: true,
    mayConfigure: true,
    campaignPlus: false,
    patients: PATIENTS,
    plugins: [{ plugin: 'exact-email', title: 'EXACT Email', kind: 'loaded' }],
    accounts: [
      { what: 'Its own mailbox', address: 'a@practice.example', account: 'a@practice.example', ends: 'Authenticated' },
    ],
    situations: [{ id: 'imap-off', group: 'Mail', label: 'IMAP is switched off for the mailbox', on: false }],
    dataDirectory: '/practice/data',
  };

  constructor() {
    this.inbox.onDidChange(() => {
      this.changes.fire({ kind: 'inbox' });
    });
    this.outbox.onDidChange(() => {
      this.changes.fire({ kind: 'outbox' });
    });
  }

  readonly panel: Panel = {
    state: () => Promise.resolve(this.panelNow),
    restart: (hostVersion) => {
      const isOld = hostVersion !== 'V13.706';
      void this.setPanel({
        hostVersion,
        plugins: isOld
          ? [
              {
                plugin: 'exact-email',
                title: 'EXACT Email',
                kind: 'refused',
                admission: {
                  admitted: false,
                  code: 'host-too-old',
                  reason: `EXACT Email needs V13.706 or newer; this host is ${hostVersion}.`,
                },
              },
            ]
          : [{ plugin: 'exact-email', title: 'EXACT Email', kind: 'loaded' }],
      });
      this.fire({ kind: 'restarted' });
      return Promise.resolve();
    },
    setMayConfigure: (mayConfigure) => this.setPanel({ mayConfigure }),
    setDatabaseName: (databaseName) =>
      this.setPanel({ databaseName, genuine: !/\b(demo|training|test|trial|backup)\b/i.test(databaseName) }),
    setCampaignPlus: (campaignPlus) => this.setPanel({ campaignPlus }),
    setSituation: (id, on) =>
      this.setPanel({ situations: this.panelNow.situations.map((each) => (each.id === id ? { ...each, on } : each)) }),
    sendReminder: (patient) => {
      this.record.push(`reminder ${patient}`);
      return Promise.resolve({ kind: 'queued' });
    },
    writeAsPatient: (patient) => {
      const [newest] = this.inbox.messages;
      if (newest) this.inbox.add({ ...newest, id: newest.id + 1, read: false });
      this.record.push(`write ${patient}`);
      return Promise.resolve();
    },
    answerAsPatient: () => Promise.resolve({ kind: 'nothing-to-answer' }),
  };

  mailLimits(): Promise<ProviderLimits> {
    return Promise.resolve(this.limits);
  }

  menu(): Promise<readonly MenuEntry[]> {
    const { hostVersion, mayConfigure } = this.panelNow;
    if (hostVersion !== 'V13.706') return Promise.resolve([]);
    return Promise.resolve([
      { id: 'email-setup', menu: 'Configure', label: 'Email and SMS Setup', enabled: mayConfigure },
    ]);
  }

  openWizard(menuEntry: string): Promise<WizardFrame> {
    if (menuEntry !== 'email-setup') return Promise.reject(new FailureError(sampleFailure));
    const wizard = new FakeWizard((url) => {
      this.fire({ kind: 'system-browser', url });
    });
    this.wizards.push(wizard);
    return Promise.resolve(wizard);
  }

  runCommand({ command }: CommandCall): Promise<CommandOutcome> {
    this.record.push(`command ${command}`);
    if (command === 'email.restart') return Promise.resolve({ done: false, failure: sampleFailure });
    return Promise.resolve({ done: true, sentence: 'Email is being sent and received.' });
  }

  prompts(): Promise<readonly Prompt[]> {
    return Promise.resolve(this.openPrompts);
  }

  answer(prompt: string, choice: string): Promise<CommandOutcome> {
    this.record.push(`answer ${prompt} ${choice}`);
    if (choice === 'Re-authenticate Now') return Promise.resolve({ done: false, failure: sampleFailure });
    this.openPrompts = this.openPrompts.filter(({ id }) => id !== prompt);
    this.fire({ kind: 'prompts' });
    return Promise.resolve({ done: true });
  }

  supportFacts(): Promise<readonly SupportFact[]> {
    return Promise.resolve([{ name: 'Provider', value: 'Microsoft Office 365' }]);
  }

  supportFile(): Promise<SupportFile> {
    return Promise.resolve({
      name: 'exact-email-support.txt',
      text: 'EXACT support file\n\n== Host ==\nversion: V13.706\n',
    });
  }

  emailService(): Promise<EmailService> {
    return Promise.resolve(this.service);
  }

  practice(): Promise<Practice> {
    return Promise.resolve(this.practiceNow);
  }

  changeHistory(): Promise<ChangeHistory> {
    return Promise.resolve({ rows: [], total: 0 });
  }

  updatePracticeAddress(emailAddress: string): Promise<void> {
    this.practiceNow = { ...this.practiceNow, emailAddress };
    this.fire({ kind: 'practice' });
    return Promise.resolve();
  }

  browserModule(plugin: string, name: string): string | undefined {
    return this.browserModules.get(`${plugin}/${name}`);
  }

  fire(change: HostChange): void {
    this.changes.fire(change);
  }

  raise(prompt: Prompt): void {
    this.openPrompts = [...this.openPrompts, prompt];
    this.fire({ kind: 'prompts' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.wizards.map((wizard) => wizard[Symbol.asyncDispose]()));
  }

  private setPanel(change: Partial<PanelState>): Promise<void> {
    this.panelNow = { ...this.panelNow, ...change };
    this.fire({ kind: 'panel' });
    this.fire({ kind: 'menu' });
    return Promise.resolve();
  }
}
