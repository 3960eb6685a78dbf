import type { Patient, PatientDirectory } from '@exact/host-contracts';
import { number, text } from './columns.js';
import type { Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** A patient with the address that mail to them goes to. */
export interface AddressedPatient extends Patient {
  readonly address: string;
}

/** The contract, and what only the host asks. */
export interface PatientStore extends PatientDirectory {
  /** All of them, as they were given. */
  list(): Promise<readonly AddressedPatient[]>;
  /** Adds the sample practice's patients; one who is there already keeps name and address. */
  seed(patients: readonly AddressedPatient[]): Promise<void>;
}

const MOST_ADDRESSES = 500;

export class PatientTable implements Synchronous<PatientStore> {
  constructor(private readonly database: Database) {}

  findByAddresses(addresses: readonly string[]): readonly (readonly Patient[])[] {
    if (addresses.length > MOST_ADDRESSES) throw new RangeError(`${MOST_ADDRESSES} addresses at most`);
    const found = addresses.map(() => [] as Patient[]);
    // All with one statement: each takes the file's lock, and begins where another process may have written meanwhile.
    const rows = this.database.all(
      `SELECT asked.key AS place, patients.id, patients.name
       FROM json_each(?) AS asked CROSS JOIN patients ON patients.address = asked.value
       LEFT JOIN chosen_patients ON chosen_patients.address = patients.address AND chosen_patients.patient = patients.id
       ORDER BY chosen_patients.patient IS NULL, patients.rowid`,
      JSON.stringify(addresses.map(normal)),
    );
    for (const row of rows) found[number(row, 'place')]?.push({ id: text(row, 'id'), name: text(row, 'name') });
    return found;
  }

  list(): readonly AddressedPatient[] {
    const rows = this.database.all('SELECT * FROM patients ORDER BY rowid');
    return rows.map((row) => ({ id: text(row, 'id'), name: text(row, 'name'), address: text(row, 'address') }));
  }

  /** Remembers whom a person chose for an address that several share. */
  choose(address: string, patient: Patient): void {
    this.database.run('INSERT OR REPLACE INTO chosen_patients VALUES (?, ?)', normal(address), patient.id);
  }

  seed(patients: readonly AddressedPatient[]): void {
    this.database.transaction(() => {
      for (const { id, name, address } of patients) {
        this.database.run('INSERT OR IGNORE INTO patients VALUES (?, ?, ?)', id, name, normal(address));
      }
    });
  }
}

/** How addresses are compared: without regard to case. */
export function normal(address: string): string {
  return address.trim().toLowerCase();
}
