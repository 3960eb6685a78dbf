import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import {
  admit,
  CommandContribution,
  type Control,
  JobContribution,
  MenuContribution,
  readManifest,
  SupportContribution,
  WizardContribution,
} from '@exact/host-contracts';
import { Container, type ContainerModule } from 'inversify';
import { HOST_VERSION, hostServices } from './services.ts';

// 1. Admission: by the data of the plugin's package.json, before anything of it is imported.
const packageJson = import.meta.resolve('@exact/email-plugin/package.json');
const reading = readManifest(JSON.parse(await readFile(new URL(packageJson), 'utf8')));
if (!reading.ok) throw new Error(reading.reason);
const { manifest } = reading;
const admission = admit(manifest, { version: process.argv[2] ?? HOST_VERSION, inversify: 8 });
if (!admission.admitted) {
  console.log(`Refused: ${admission.reason}`);
  process.exit();
}

// 2. Loading: the host's services in a container, the plugin in a child of it.
const services = new Container();
await services.loadAsync(hostServices);
const { plugin } = (await import(new URL(manifest.entry, packageJson).href)) as { readonly plugin: ContainerModule };
const container = new Container({ parent: services });
await container.loadAsync(plugin);

// 3. Contributions: asking for all of them now shows at once whether a service is missing.
const menu = await container.getAllAsync(MenuContribution);
const wizards = await container.getAllAsync(WizardContribution);
const jobs = await container.getAllAsync(JobContribution);
const commands = await container.getAllAsync(CommandContribution);
const support = await container.getAllAsync(SupportContribution);
console.log(`Loaded: ${manifest.title}`);
for (const entry of menu) console.log(`Menu: ${entry.menu} > ${entry.label}`);
console.log(`Jobs: ${jobs.map(({ id }) => id).join(', ')}`);
console.log(`Commands: ${commands.map(({ id }) => id).join(', ')}`);
for (const contribution of support)
  for (const { name, value } of await contribution.facts()) console.log(`${name}: ${value}`);

// 4. The wizard, drawn as text.
for (const contribution of wizards) {
  await using wizard = await contribution.open();
  await wizard.pages()[0]?.change('provider', 'microsoft365');
  for (const page of wizard.pages()) {
    await page.enter();
    const { title, controls, verdict } = await page.model();
    console.log([`\n${contribution.title}: ${title}`, ...controls.map(asText)].join('\n'));
    console.log(verdict.kind === 'next' ? '  [Next]' : `  (${verdict.because})`);
  }
  await wizard.pages()[0]?.change('provider', 'off');
  console.log(`\nFinish with email turned off: ${(await wizard.finish()).kind}`);
}

function asText(control: Control): string {
  const options = control.kind === 'radio' ? control.options.map(({ text }) => `( ) ${text}`) : [];
  return [`  ${control.kind}: ${control.text}`, ...options].join('\n      ');
}
