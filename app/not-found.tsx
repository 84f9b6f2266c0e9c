import Link from "next/link";
import { pageWords } from "#app/words/page-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ConsoleShell } from "./(console)/_frame/console-shell.tsx";

const { notFound } = pageWords;

export default function NotFound() {
  return (
    <ConsoleShell>
      <EmptyState
        page
        title={notFound.title}
        action={
          <Link href="/" className={buttonLook()}>
            {notFound.back}
          </Link>
        }
      >
        {notFound.detail}
      </EmptyState>
    </ConsoleShell>
  );
}
