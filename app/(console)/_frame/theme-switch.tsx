"use client";

import { Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { pageWords } from "#app/words/page-words.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

/** Dark where it is light and light where it is dark; until it is pressed the theme is the system's. */
export function ThemeSwitch() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <IconButton
      label={pageWords.frame.theme}
      onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
    >
      <Sun aria-hidden className="dark:hidden" />
      <Moon aria-hidden className="hidden dark:block" />
    </IconButton>
  );
}
