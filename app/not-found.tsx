import Link from "next/link";
import { pageWords } from "#app/words/page-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Frame } from "./(console)/_frame/frame.tsx";

const { notFound } = pageWords;

export default function NotFound() {
  return (
    <Frame>
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
    </Frame>
  );
}
