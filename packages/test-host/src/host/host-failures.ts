import type { Failure } from '@exact/host-contracts';

/** What the host itself has to refuse, as data. */
export const hostFailures = {
  rightMissing: {
    code: 'host.right-missing',
    sentence: 'You do not have the right to do this.',
    fixedBy: 'user',
    advice: 'Ask somebody who has the right to configure.',
    retry: { kind: 'never' },
  },
  unknownEntry: {
    code: 'host.unknown-entry',
    sentence: 'This part of EXACT is not available.',
    fixedBy: 'user',
    advice: '',
    retry: { kind: 'never' },
  },
  noBrowser: {
    code: 'host.no-browser',
    sentence: 'EXACT could not open the browser.',
    fixedBy: 'user',
    advice: 'Use the link instead.',
    retry: { kind: 'never' },
  },
  noServer: {
    code: 'host.no-server',
    sentence: 'EXACT does not run on the practice’s server.',
    fixedBy: 'user',
    advice: 'Start EXACT on the server. What is asked for meanwhile, such as Send/Receive, is done as soon as it runs.',
    retry: { kind: 'never' },
  },
  noOwnMicrosoft365: {
    code: 'host.no-own-microsoft-365',
    sentence: 'Patients write emails only in the test host’s own Microsoft 365.',
    fixedBy: 'user',
    advice: 'Use the panel of a server that was started without --client-id.',
    retry: { kind: 'never' },
  },
  commandDefect: {
    code: 'host.command-defect',
    sentence: 'This did not work because of a fault in EXACT.',
    fixedBy: 'vendor',
    advice: 'Try again. If it stays like this, tell EXACT support.',
    retry: { kind: 'never' },
  },
} as const satisfies Record<string, Failure>;
