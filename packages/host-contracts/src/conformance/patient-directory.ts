import type { Patient, PatientDirectory } from '../services/patient-directory.js';
import { expectData } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import { batch, message, onlyRow, receive } from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to find patients by address. */
export interface PatientDirectoryHost extends AsyncDisposable {
  readonly patients: PatientDirectory;
  /** Registers patients of the practice, each with an address. */
  readonly addPatients: (patients: readonly (Patient & { readonly address: string })[]) => Promise<void>;
}

/** A host that claims to remember which patient a person chose for an address. */
export interface PatientChoiceHost extends PatientDirectoryHost, InboxStoreHost {}

const ALICE = { id: 'patient-1', name: 'Alice' };
const BOB = { id: 'patient-2', name: 'Bob' };
const FAMILY = 'alice@patients.example';

function family({ addPatients }: PatientDirectoryHost): Promise<void> {
  return addPatients([ALICE, BOB].map((patient) => ({ ...patient, address: FAMILY })));
}

const DIRECTORY: HostPromises<PatientDirectoryHost> = {
  'a patient is found without regard to case': async ({ patients, addPatients }) => {
    await addPatients([{ ...ALICE, address: 'Alice@Patients.Example' }]);
    expectData('The patients', await patients.findByAddresses(['aLICE@pATIENTS.example']), [[ALICE]]);
  },

  'the answer has one list for each address, in the order asked': async ({ patients, addPatients }) => {
    await addPatients([
      { ...ALICE, address: 'alice@patients.example' },
      { ...BOB, address: 'bob@patients.example' },
    ]);
    const asked = ['bob@patients.example', 'nobody@patients.example', 'alice@patients.example', 'bob@patients.example'];
    expectData('The patients', await patients.findByAddresses(asked), [[BOB], [], [ALICE], [BOB]]);
    expectData('The patients of no address', await patients.findByAddresses([]), []);
  },

  'all patients that share an address are found': async (host) => {
    await family(host);
    const found = await host.patients.findByAddresses([FAMILY]);
    const names = found.map((each) => each.map(({ name }) => name).sort());
    expectData('The patients', names, [['Alice', 'Bob']]);
  },

  'up to 500 addresses are asked at once': async (host) => {
    await host.addPatients([{ ...ALICE, address: 'p499@patients.example' }]);
    const asked = Array.from({ length: 500 }, (_, index) => `p${index}@patients.example`);
    const found = await host.patients.findByAddresses(asked);
    expectData('The patients', found, [...Array.from({ length: 499 }, () => []), [ALICE]]);
  },
};

const CHOICE: HostPromises<PatientChoiceHost> = {
  'the patient that a person chose for an address comes first the next time': async (host) => {
    await family(host);
    const [shared = []] = await host.patients.findByAddresses([FAMILY]);
    const second = shared[1] ?? BOB;
    await receive(host.inbox, batch(await host.grantLease(), [message(1, { patients: shared })]));
    await host.inbox.link((await onlyRow(host.inbox)).id, second);
    expectData('The patients', await host.patients.findByAddresses([FAMILY]), [[second, shared[0]]]);
  },
};

/** What a host owes the contract `PatientDirectory`. */
export function patientDirectory(suite: Suite<PatientDirectoryHost>): void {
  register(suite, DIRECTORY);
}

/** What a host with an inbox owes to who links one of several patients. */
export function patientChoice(suite: Suite<PatientChoiceHost>): void {
  register(suite, CHOICE);
}
