import { CommandContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { MsalSignInBroker } from './msal-sign-in-broker.js';
import { Reauthenticate } from './reauthenticate.command.js';
import { SignInBroker } from './sign-in.js';

export const signInModule = new ContainerModule(({ bind }) => {
  bind(SignInBroker).to(MsalSignInBroker).inSingletonScope();
  bind(CommandContribution).to(Reauthenticate).inSingletonScope();
});
