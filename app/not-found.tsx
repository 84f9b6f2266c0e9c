import Link from "next/link";
import { buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Frame } from "./(console)/_frame/frame.tsx";
import { pageWords } from "./words.ts";

const { notFound } = pageWords;

export default function NotFound() {
  return (
    <Frame>
      <EmptyState
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
