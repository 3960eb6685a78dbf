import {
  PracticeInformation,
  Prompts,
  type CommandCall,
  type CommandContext,
  type CommandContribution,
  type CommandOutcome,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';

const ID = 'email.update-practice-information';

/** Yes to the question after Finish. */
export function updatePracticeInformationCall(address: string): CommandCall {
  return { command: ID, arguments: { address } };
}

/** Updates the address in the practice information and, with Campaign+, says what has to be done there. */
@injectable()
export class UpdatePracticeInformation implements CommandContribution {
  readonly id = ID;
  readonly right = 'configure-email';

  constructor(
    @inject(PracticeInformation) private readonly practiceInformation: PracticeInformation,
    @inject(Prompts) private readonly prompts: Prompts,
  ) {}

  async run(context: CommandContext): Promise<CommandOutcome> {
    const { z } = await import('zod');
    const { address } = z.object({ address: z.string().min(3).max(254) }).parse(context.arguments);
    const before = await this.practiceInformation.read();
    await this.practiceInformation.updateEmailAddress(address);
    if (before.campaignPlus) await this.prompts.raise(campaignPlusNotice(address));
    return { done: true };
  }
}

function campaignPlusNotice(address: string) {
  return {
    id: 'email.campaign-plus',
    title: 'Campaign+',
    text: `Your practice uses Campaign+. Ask support to register ${address} for it. An email with a link will then come from Amazon Web Services to that address: press the link to confirm it.`,
    right: 'configure-email' as const,
    choices: [{ text: 'OK' }],
  };
}
