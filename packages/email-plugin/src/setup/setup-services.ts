import {
  Clock,
  Configuration,
  HelpTopics,
  HostInformation,
  InboxStore,
  MicrosoftEndpoints,
  PracticeInformation,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { MailboxProbe } from '../probe/mailbox-probe.js';
import { TestMessages } from '../probe/test-messages.js';
import { MailboxConnector } from '../receive/mailbox.js';
import { SubmissionConnector } from '../send/submission.js';
import { SignInBroker } from '../sign-in/sign-in.js';

/** What the wizard's pages need, resolved once; each page takes the ones that it uses. */
@injectable()
export class SetupServices {
  constructor(
    @inject(Clock) readonly clock: Clock,
    @inject(Configuration) readonly configuration: Configuration,
    @inject(HelpTopics) readonly helpTopics: HelpTopics,
    @inject(HostInformation) readonly host: HostInformation,
    @inject(InboxStore) readonly inbox: InboxStore,
    @inject(MicrosoftEndpoints) readonly endpoints: MicrosoftEndpoints,
    @inject(PracticeInformation) readonly practiceInformation: PracticeInformation,
    @inject(SignInBroker) readonly broker: SignInBroker,
    @inject(MailboxConnector) readonly mailboxes: MailboxConnector,
    @inject(SubmissionConnector) readonly submissions: SubmissionConnector,
    @inject(MailboxProbe) readonly probe: MailboxProbe,
    @inject(TestMessages) readonly testMessages: TestMessages,
  ) {}
}
