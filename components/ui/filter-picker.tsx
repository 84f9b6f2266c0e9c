"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { words } from "../words.ts";
import { FilterFace, type FilterPickerProps, filterLook } from "./filter-face.tsx";

const OpenPicker = dynamic(() => import("./open-picker.tsx").then((module) => module.OpenPicker), {
  ssr: false,
});

/** A filter that takes one of many values, found by typing. The list is loaded when it is first asked for. */
export function FilterPicker(props: FilterPickerProps) {
  const [asked, setAsked] = useState(false);
  if (asked) return <OpenPicker {...props} />;
  const known = props.options.find((option) => option.value === props.value);
  const chosen = known?.label ?? props.value ?? words.any;
  return (
    <button
      type="button"
      aria-haspopup="listbox"
      aria-expanded={false}
      aria-label={`${props.label}: ${chosen}`}
      className={filterLook(props.value !== null)}
      onClick={() => setAsked(true)}
    >
      <FilterFace {...props} />
    </button>
  );
}
