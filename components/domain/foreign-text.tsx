import { cn } from "../ui/cn.ts";
import { visibleText } from "./visible-text.ts";

/** Text that someone else wrote (a payload, an error, a name): isolated, its invisible characters made visible. */
export function ForeignText({ text, className }: { text: string; className?: string }) {
  return <bdi className={cn("wrap-anywhere", className)}>{visibleText(text)}</bdi>;
}
