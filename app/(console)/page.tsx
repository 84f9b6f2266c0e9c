import type { Metadata } from "next";
import { pageWords } from "#app/words/page-words.ts";
import { BoardView } from "./_board/board-view.tsx";

export const metadata: Metadata = { title: pageWords.frame.board };

export default function BoardPage() {
  return <BoardView />;
}
