import { Menu } from '@base-ui/react/menu';
import { Menubar } from '@base-ui/react/menubar';
import { createContext, use, useRef, useState, type ReactNode } from 'react';
import { useLive } from '../api/use-live.js';
import type { OpenWindows } from './use-open-windows.js';

/** Menus open inside the header, so that a screen reader finds them in a landmark. */
const MenuPlace = createContext<HTMLElement | null>(null);

/** File, Configure, Help. The entries of plugins stand under Configure. */
export function MenuBar({ windows }: { windows: OpenWindows }) {
  const entries = useLive('menu', {}, ['menu', 'panel']) ?? [];
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <header className="menu-bar" ref={setPlace}>
      <MenuPlace value={place}>
        <span className="product" aria-hidden="true">
          EXACT
        </span>
        <Menubar aria-label="Main menu" modal={false}>
          <MenuOf label="File">
            <Entry
              label="Email"
              onChoose={() => {
                windows.show('email');
              }}
            />
          </MenuOf>
          <MenuOf label="Configure">
            {entries.map(({ id, label, enabled }) => (
              <Entry
                key={id}
                label={label}
                disabled={!enabled}
                onChoose={() => {
                  windows.openWizard(id);
                }}
              />
            ))}
            <Entry
              label="Practice Information"
              onChoose={() => {
                windows.show('practice');
              }}
            />
            <Entry
              label="Change history"
              onChoose={() => {
                windows.show('history');
              }}
            />
          </MenuOf>
          <MenuOf label="Help">
            <Entry
              label="About"
              onChoose={() => {
                windows.show('about');
              }}
            />
          </MenuOf>
        </Menubar>
      </MenuPlace>
    </header>
  );
}

/** Tab leaves an open menu and closes it. */
function MenuOf({ label, children }: { label: string; children: ReactNode }) {
  const actions = useRef<Menu.Root.Actions>(null);
  return (
    <Menu.Root modal={false} actionsRef={actions}>
      <Menu.Trigger className="menu-trigger">{label}</Menu.Trigger>
      <Menu.Portal container={use(MenuPlace)}>
        <Menu.Positioner className="menu-positioner" sideOffset={2}>
          <Menu.Popup
            className="menu"
            onKeyDown={({ key }) => {
              if (key === 'Tab') actions.current?.close();
            }}
          >
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry(props: { readonly label: string; readonly disabled?: boolean; readonly onChoose: () => void }) {
  return (
    <Menu.Item className="menu-entry" disabled={props.disabled ?? false} onClick={props.onChoose}>
      {props.label}
    </Menu.Item>
  );
}
