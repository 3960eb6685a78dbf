import type { Method } from '../api/inputs.js';
import { isAddrSpec } from './addr-spec.js';
import type { Handlers, MethodsOf } from './handler.js';

type HostMethod = Extract<Method, 'menu' | 'prompts' | 'email-service' | 'practice' | 'panel'>;

/** Menu, prompts, commands, practice information and the panel's switches. */
export const hostHandlers: Handlers<
  HostMethod | MethodsOf<'command' | 'prompt' | 'practice' | 'panel' | 'support' | 'history'>
> = {
  menu: ({ host }) => host.menu(),
  prompts: ({ host }) => host.prompts(),
  'prompt.answer': ({ host, input }) => host.answer(input.prompt, input.choice),
  'command.run': ({ host, input }) => host.runCommand({ command: input.command }),
  'email-service': ({ host }) => host.emailService(),
  'support.facts': ({ host }) => host.supportFacts(),
  'support.file': ({ host }) => host.supportFile(),
  'history.list': ({ host, input }) => host.changeHistory(input),
  practice: ({ host }) => host.practice(),
  async 'practice.update-address'({ host, input }) {
    const address = input.address.trim();
    if (address !== '' && !isAddrSpec(address)) {
      return { problem: 'That is not an email address. It looks like reception@practice.example.' };
    }
    await host.updatePracticeAddress(address);
    return {};
  },

  panel: ({ host }) => host.panel.state(),
  async 'panel.restart'({ host, input }) {
    await host.panel.restart(input.hostVersion);
    return null;
  },
  async 'panel.set-may-configure'({ host, input }) {
    await host.panel.setMayConfigure(input.on);
    return null;
  },
  async 'panel.set-database-name'({ host, input }) {
    await host.panel.setDatabaseName(input.name);
    return null;
  },
  async 'panel.set-campaign-plus'({ host, input }) {
    await host.panel.setCampaignPlus(input.on);
    return null;
  },
  async 'panel.set-situation'({ host, input }) {
    await host.panel.setSituation(input.situation, input.on);
    return null;
  },
  'panel.send-reminder': ({ host, input }) => host.panel.sendReminder(input.patient),
  async 'panel.write-as-patient'({ host, input }) {
    await host.panel.writeAsPatient(input.patient);
    return null;
  },
  'panel.answer-as-patient': ({ host, input }) => host.panel.answerAsPatient(input.patient),
};
