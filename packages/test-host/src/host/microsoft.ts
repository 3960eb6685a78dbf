import { join } from 'node:path';
import type { Clock, HttpProxy, Logger, MicrosoftServices } from '@exact/host-contracts';
import { type Microsoft365, startMicrosoft365 } from '../microsoft365/microsoft365.js';
import type { AddressedPatient } from '../stores/patient-table.js';
import { realServices, withOtherServers } from './endpoints.js';
import type { PatientMail } from './host-panel.js';
import type { TestHostOptions } from './test-host-options.js';

/** The Microsoft 365 that a test host works with: its own, or the real one. */
export interface Microsoft extends AsyncDisposable {
  readonly services: MicrosoftServices;
  /** `undefined` with the real one. */
  readonly own: Microsoft365 | undefined;
  /** The sample practice's patients. */
  readonly patients: readonly AddressedPatient[];
  /** `undefined` with the real one: its patients write by themselves. */
  readonly patientMail: PatientMail | undefined;
}

interface Surroundings {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export async function startMicrosoft(options: TestHostOptions, around: Surroundings): Promise<Microsoft> {
  return options.real
    ? real(withProxy(realServices(options.real), options.proxy), options.allowRecipients ?? [])
    : await startOwn(options, around);
}

/** Its patients are those who may be written to. */
function real(services: MicrosoftServices, allowed: readonly string[]): Microsoft {
  return {
    services,
    own: undefined,
    patients: allowed.map((address) => ({ id: `allowed:${address}`, name: address, address })),
    patientMail: undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function startOwn(options: TestHostOptions, { dataDirectory, clock, logger }: Surroundings): Promise<Microsoft> {
  const own = await startMicrosoft365({
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    ...options.microsoft365,
    clock,
    dataDir: join(dataDirectory, 'microsoft365'),
    reportError: (error) => {
      logger.error('microsoft365.fault', { message: Error.isError(error) ? error.message : String(error) });
    },
  });
  return {
    services: withProxy(
      withOtherServers(own.services, options.servers ?? {}),
      options.proxy && { bypass: [], ...options.proxy },
    ),
    own,
    patients: own.cast.patients,
    patientMail: mailOf(own),
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

function withProxy(services: MicrosoftServices, proxy: HttpProxy | undefined): MicrosoftServices {
  return proxy ? { ...services, proxy } : services;
}

function mailOf({ patients }: Microsoft365): PatientMail {
  return {
    write: (patient, to) => {
      patients.write(patient, to === undefined ? {} : { to });
      return Promise.resolve();
    },
    answer: (patient) => patients.answer(patient),
  };
}
