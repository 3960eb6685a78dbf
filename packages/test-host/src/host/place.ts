import type { Clock, Event, MicrosoftEndpoints } from '@exact/host-contracts';
import type { Microsoft365 } from '../microsoft365/microsoft365.js';
import { openPracticeStores, type PracticeStores } from '../stores/practice-stores.js';
import type { StoreThreadOptions } from '../stores/store-protocol.js';
import type { FileLogger } from './file-logger.js';
import type { PatientMail } from './host-panel.js';
import type { Role } from './lent-services.js';
import type { PanelUser } from './panel-user.js';
import type { Situations } from './situations/situations.js';
import { StartRefusal } from './start-refusal.js';

/** What every process of a practice has. */
export interface Surroundings {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly logger: FileLogger;
  readonly user: PanelUser;
}

/** What the server of a practice has, or a workstation of it. */
export interface Place extends AsyncDisposable {
  readonly role: Role;
  readonly stores: PracticeStores;
  readonly endpoints: MicrosoftEndpoints;
  /** `undefined` with the real one, and at a workstation. */
  readonly microsoft365: Microsoft365 | undefined;
  /** `undefined` with the real Microsoft 365, and at a workstation. */
  readonly patientMail: PatientMail | undefined;
  readonly situations: Situations;
  /** Whether a process runs the practice's jobs. */
  readonly isServerRunning: () => boolean;
  /** After the server has started or ended. */
  readonly onDidChangeServer: Event<undefined>;
}

/** @throws StartRefusal when the practice can't be opened */
export async function openStores(
  options: Pick<StoreThreadOptions, 'seed' | 'allowedRecipients'>,
  { dataDirectory, clock, user }: Surroundings,
): Promise<PracticeStores> {
  const opened = await openPracticeStores({ dataDirectory, ...options }, () => ({ now: clock.now(), user: user.name }));
  if (!('kind' in opened)) return opened;
  switch (opened.kind) {
    case 'in-use':
      throw new StartRefusal('data-in-use', `${dataDirectory} is in use by another test host.`);
    case 'no-server':
      throw noServer(dataDirectory);
    case 'newer':
    case 'older': {
      const forms = `form ${opened.found}, this test host knows ${opened.known}`;
      const code = opened.kind === 'newer' ? 'data-newer' : 'data-older';
      throw new StartRefusal(code, `${dataDirectory} was written by ${article(opened.kind)} test host (${forms}).`);
    }
  }
}

export function noServer(dataDirectory: string): StartRefusal {
  const what = `No test host runs with ${dataDirectory}: start it first, without --workstation.`;
  return new StartRefusal('no-server', what);
}

function article(kind: 'newer' | 'older'): string {
  return kind === 'newer' ? 'a newer' : 'an older';
}
