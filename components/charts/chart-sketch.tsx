import type { SketchShape } from "./sketch-shape.ts";

/** A chart in plot shares: 0…1 from the left and from the bottom. */
export interface Sketch {
  shapes: readonly SketchShape[];
  xTicks: readonly { at: number; label: string }[];
  yTicks: readonly { at: number; label: string }[];
}

/**
 * The first picture of a chart, before the pointer or a key comes to it: the same plot without the library that draws
 * it and answers to the pointer, so that opening a page does not wait for that. `inset` is where the plot lies in the box.
 */
export function ChartSketch({
  sketch,
  height,
  inset,
}: {
  sketch: Sketch;
  height: number;
  inset: { left: number; right: number; top: number; bottom: number };
}) {
  return (
    <div aria-hidden className="relative text-sm text-ink-3" style={{ height }}>
      {sketch.yTicks.map(({ at, label }) => (
        <span
          key={at}
          className="absolute flex -translate-y-1/2 justify-end pr-2 whitespace-nowrap"
          style={{
            left: 0,
            width: inset.left,
            bottom: `calc(${inset.bottom}px + (100% - ${inset.top + inset.bottom}px) * ${at} - 1.45em)`,
          }}
        >
          {label}
        </span>
      ))}
      {sketch.xTicks.map(({ at, label }) => (
        <span
          key={at}
          className="absolute -translate-x-1/2 whitespace-nowrap"
          style={{
            left: `calc(${inset.left}px + (100% - ${inset.left + inset.right}px) * ${at})`,
            bottom: inset.bottom - 24,
          }}
        >
          {label}
        </span>
      ))}
      <svg
        aria-hidden
        className="absolute"
        style={{
          ...inset,
          width: `calc(100% - ${inset.left + inset.right}px)`,
          height: `calc(100% - ${inset.top + inset.bottom}px)`,
        }}
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
      >
        {sketch.yTicks.map(({ at }) => (
          <path key={at} d={`M0 ${place(at)}H1000`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        ))}
        <path d="M0 1000H1000" stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
        {sketch.shapes.map((shape) =>
          shape.kind === "area" ? (
            <path key={shape.key} d={shape.path} fill={shape.colour} fillOpacity={shape.opacity ?? 1} />
          ) : (
            <path
              key={shape.key}
              d={shape.path}
              fill="none"
              stroke={shape.colour}
              strokeWidth={1.5}
              strokeDasharray={shape.dash}
              vectorEffect="non-scaling-stroke"
            />
          ),
        )}
      </svg>
    </div>
  );
}

function place(at: number): number {
  return Math.round((1 - at) * 1_000);
}
