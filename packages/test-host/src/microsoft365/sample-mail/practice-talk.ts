import type { Random } from './random.js';

/** Somebody who writes to a practice and is no patient. */
export interface Correspondent {
  readonly name: string;
  readonly address: string;
}

export const laboratory: Correspondent = {
  name: 'Northgate Dental Laboratory',
  address: 'orders@northgatelab.example',
};
export const orthodontist: Correspondent = {
  name: 'Dr. Hélène Marchand',
  address: 'h.marchand@marchand-ortho.example',
};
export const surgeon: Correspondent = { name: 'Mr A. Osei, Oral Surgery', address: 'a.osei@stlukes.example' };
export const supplier: Correspondent = { name: 'DentaSupply Direct', address: 'news@dentasupply.example' };
const insurer: Correspondent = { name: 'Claims, Harbour Dental Plans', address: 'claims@harbourplans.example' };

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
const TIMES = ['8:40', '9:15', '10:30', '11:45', '2:10 pm', '3:30 pm', '4:50 pm'] as const;
const TREATMENTS = [
  'check-up',
  'hygienist appointment',
  'crown fitting',
  'root canal',
  'filling',
  'whitening',
  'scan',
] as const;
const TEETH = ['UR6', 'UL4', 'LL7', 'LR5', 'UL1', 'LR8'] as const;

const PATIENT_MAIL: readonly (readonly [subject: string, text: string])[] = [
  [
    'Can I move my {treatment}?',
    'Hello,\n\nI have a {treatment} on {day} at {time}. Could I come on {otherDay} instead?\n\nThanks,\n{name}',
  ],
  [
    'Toothache since {day}',
    'Hi,\n\nmy tooth at the back has been hurting since {day} and painkillers hardly help. Is there anything free today?\n\n{name}',
  ],
  [
    'Running late for {time}',
    'Sorry, the bus broke down. I will be about 15 minutes late for the {treatment} at {time}.\n\n{name}',
  ],
  [
    'Receipt for my {treatment}',
    'Dear reception,\n\nplease could you email me the receipt for my {treatment} last {day}? My insurer asks for it.\n\nKind regards\n{name}',
  ],
  [
    'New phone number',
    'Hello, my mobile number has changed, it is now 07700 900{digits}. The address is the same.\n\n{name}',
  ],
  [
    'Recall letter',
    'Hello,\n\nI got your recall letter. {day} or {otherDay} after {time} would suit me for the {treatment}.\n\nBest wishes\n{name}',
  ],
  [
    'Question about the estimate',
    'Hi there,\n\nyour estimate says £{digits} for the {treatment}. Does that include the X-rays?\n\n{name}',
  ],
  [
    'Cancelling {day}',
    'I have to cancel the {treatment} on {day} at {time}, my daughter is ill. Please call me for another date.\n\n{name}',
  ],
  [
    'Numbness after {treatment}',
    'Good morning, after the {treatment} on {day} my lip is still a little numb. Is that normal?\n\n{name}',
  ],
  [
    'Registration form',
    'Please find my answers below, as your form did not open on my phone.\n\nAllergies: penicillin\nMedication: none\nLast visit: about two years ago\n\n{name}',
  ],
];

/** Subject and text of a patient's everyday email in English. */
export function patientMail(random: Random, name: string): { readonly subject: string; readonly text: string } {
  const [subject, text] = random.pick(PATIENT_MAIL);
  const fill = filler(random, name);
  return { subject: fill(subject), text: fill(text) };
}

const BUSINESS_MAIL: readonly (readonly [who: Correspondent, subject: string, text: string])[] = [
  [
    laboratory,
    'Order {digits}: {tooth} crown ready',
    'Order {digits}\nTooth: {tooth}\nShade: A2\n\nThe crown leaves us on {day} and should reach you by {otherDay}.\n\nNorthgate Dental Laboratory',
  ],
  [
    laboratory,
    'Impression for {tooth} unclear',
    'Dear colleagues,\n\nthe margin on {tooth} cannot be read on the distal side. Please send a new scan before {day}.\n\nNorthgate',
  ],
  [
    orthodontist,
    'Referral received',
    'Thank you for your referral. We have offered the patient {day} at {time} and will write with a treatment plan.\n\nHélène Marchand',
  ],
  [
    surgeon,
    'Discharge summary, {tooth}',
    'The {tooth} was removed without complication. Sutures dissolve; review with you in two weeks, please.\n\nA. Osei',
  ],
  [
    insurer,
    'Claim {digits}: more information needed',
    'To settle claim {digits} we need the date of the {treatment} and the tooth notation.\n\nHarbour Dental Plans',
  ],
];

/** An email of a laboratory, another practice or an insurer. */
export function businessMail(random: Random): {
  readonly from: Correspondent;
  readonly subject: string;
  readonly text: string;
} {
  const [from, subject, text] = random.pick(BUSINESS_MAIL);
  const fill = filler(random, from.name);
  return { from, subject: fill(subject), text: fill(text) };
}

function filler(random: Random, name: string): (template: string) => string {
  const [day, otherDay] = random.shuffle(WEEKDAYS);
  const values: Readonly<Record<string, string>> = {
    day: day ?? '',
    otherDay: otherDay ?? '',
    name,
    time: random.pick(TIMES),
    treatment: random.pick(TREATMENTS),
    tooth: random.pick(TEETH),
    digits: random.integer(100, 999).toString(),
  };
  return (template) => template.replaceAll(/\{(\w+)\}/g, (_placeholder, key: string) => values[key] ?? '');
}
