import type { Control } from '@exact/host-contracts';
import { approvalNeeded } from '../sign-in/approval/approval-failures.js';
import type { ApprovalNeed } from '../sign-in/sign-in.js';
import { approvalMessage } from './approval-message.js';
import type { DraftSignIn } from './draft.js';

export const APPROVAL_HELP_BUTTON = 'approval-help';
export const APPROVAL_LOOK_BUTTON = 'approval-look';

type Waiting = Extract<DraftSignIn, { kind: 'approval' }>;

/** What the card says under its sentence: it goes on by itself only while a page looks. */
const ADVICE: Readonly<Record<Waiting['watch'], string>> = {
  looking:
    'Press Copy message for IT and send it to your IT support. EXACT waits, and goes on by itself once it is approved.',
  'by-hand':
    'Press Copy message for IT and send it to your IT support. EXACT waits for you to come back with the approval.',
  'page-closed':
    'Press Copy message for IT and send it to your IT support. EXACT waits for you to come back with the approval.',
};

/** How it goes on, for each way of looking. */
const GOES_ON: Readonly<Record<Waiting['watch'], string>> = {
  looking:
    'The page in your browser waits for the approval. Leave it and this window open: they go on by themselves. Nothing is saved before Finish.',
  'by-hand':
    'Microsoft does not know any more in your browser who signed in. Press I have the approval once your IT support has approved, and sign in there.',
  'page-closed':
    'The page that waits in your browser was closed. Open it again to have EXACT go on by itself, or press I have the approval once your IT support has approved.',
};

/** While Microsoft's page is open: that page may ask for an approval and never come back. */
export function approvalHelp(): Control {
  return { kind: 'button', id: APPROVAL_HELP_BUTTON, text: 'Microsoft’s page says that approval is needed' };
}

/** The same page, once the user has said so. The sign-in goes on. */
export function approvalAtMicrosoft(need: ApprovalNeed): readonly Control[] {
  return [
    {
      kind: 'text',
      id: 'approval-how',
      text: 'Send the message below to your IT support. Once they have approved, press I have the approval. EXACT waits for an hour.',
    },
    ...forAdministrator(need),
    lookButton(),
  ];
}

/** What an administrator needs, and how it goes on afterwards. */
export function approvalReport({ need, watch, lastLook, page }: Waiting): readonly Control[] {
  const failure = { ...approvalNeeded(), advice: ADVICE[watch] };
  return [
    { kind: 'notice', id: 'reason', severity: 'warning', text: failure.sentence, failure },
    ...forAdministrator(need),
    { kind: 'text', id: 'approval-how', text: GOES_ON[watch] },
    ...(lastLook === undefined
      ? []
      : [{ kind: 'text' as const, id: 'approval-look-at', text: `Not approved yet at ${lastLook}.` }]),
    ...(watch === 'page-closed'
      ? [{ kind: 'link' as const, id: 'approval-page', text: 'Open the waiting page', url: page }]
      : []),
    lookButton(),
  ];
}

function forAdministrator(need: ApprovalNeed): readonly Control[] {
  return [
    { kind: 'copy', id: 'approval-message', text: 'Copy message for IT', value: approvalMessage(need) },
    {
      kind: 'link',
      id: 'approval-link',
      text: 'Approve as an administrator',
      url: need.link,
      hint: 'Only if you are an administrator of your organisation at Microsoft yourself.',
    },
  ];
}

function lookButton(): Control {
  return { kind: 'button', id: APPROVAL_LOOK_BUTTON, text: 'I have the approval' };
}
