import { createContext, use, useEffect, type ReactNode } from 'react';
import type { HostConnection } from './host-connection.js';

const HostContext = createContext<HostConnection | undefined>(undefined);

/** Gives the page its connection and keeps it open. */
export function HostProvider({ connection, children }: { connection: HostConnection; children: ReactNode }) {
  useEffect(() => {
    const ended = new AbortController();
    void connection.listen(ended.signal);
    return () => {
      ended.abort();
    };
  }, [connection]);
  return <HostContext value={connection}>{children}</HostContext>;
}

/** The connection to the test host. */
export function useHost(): HostConnection {
  const connection = use(HostContext);
  if (!connection) throw new Error('there is no HostProvider around this component');
  return connection;
}
