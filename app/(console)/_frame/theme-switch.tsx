"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { pageWords } from "#app/words/page-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";

const { frame } = pageWords;

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <Button tone="quiet" size="icon" aria-label={frame.theme} title={frame.theme}>
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      }
      entries={[
        {
          key: "light",
          label: frame.themeLight,
          icon: <Sun aria-hidden />,
          onSelect: () => setTheme("light"),
        },
        { key: "dark", label: frame.themeDark, icon: <Moon aria-hidden />, onSelect: () => setTheme("dark") },
        {
          key: "system",
          label: frame.themeSystem,
          icon: <Monitor aria-hidden />,
          onSelect: () => setTheme("system"),
        },
      ]}
    />
  );
}
