import type { NewEmail, Practice } from '@exact/host-contracts';
import type { AddressedPatient } from '../stores/patient-table.js';

/** The sample of what a host writes to patients: it prints the practice's name and the address of its information. */
export function appointmentReminder(patient: AddressedPatient, practice: Practice): NewEmail {
  const lines = [
    `Dear ${patient.name},`,
    '',
    'this is a friendly reminder of your appointment with us next week.',
    'If you can’t come, please tell us in time, so that somebody else can have it.',
    '',
    'We look forward to seeing you.',
    '',
    practice.name,
    practice.emailAddress,
  ];
  return {
    to: [{ address: patient.address, name: patient.name }],
    subject: 'Appointment reminder',
    text: `${lines.join('\n')}\n`,
    attachments: [],
    automatic: true,
    patient: { id: patient.id, name: patient.name },
  };
}
