import { useLive } from '../api/use-live.js';

const TIMES = [
  '08:30',
  '09:00',
  '09:45',
  '10:30',
  '11:15',
  '12:00',
  '14:00',
  '14:45',
  '15:30',
  '16:15',
  '17:00',
  '17:30',
];
const REASONS = ['Check-up', 'Hygienist', 'Filling', 'Crown fitting', 'Consultation', 'Check-up'];

/** The practice's day, as the host shows it while nothing else is open. */
export function WorkArea() {
  const practice = useLive('practice', {}, ['practice', 'panel']);
  const patients = useLive('panel', {}, ['panel'])?.patients ?? [];
  return (
    <main className="work-area">
      <h1>{practice?.name ?? 'EXACT'}</h1>
      <p className="hint">{practice?.emailAddress ?? ''}</p>
      <table className="day" aria-label="Appointments today">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {patients.slice(0, TIMES.length).map(({ id, name }, index) => (
            <tr key={id}>
              <td>{TIMES[index]}</td>
              <td>{name}</td>
              <td>{REASONS[index % REASONS.length]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
