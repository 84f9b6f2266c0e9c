const classes = ["critical", "high", "normal", "low", "bulk"] as const;
/** Where each class's line comes in, and how its work stands on it: start and length of each bar. */
const lines = [
  {
    y: 140,
    bars: [
      [60, 34],
      [120, 20],
    ],
  },
  {
    y: 220,
    bars: [
      [24, 60],
      [104, 42],
      [180, 26],
    ],
  },
  {
    y: 300,
    bars: [
      [10, 84],
      [112, 58],
      [188, 72],
      [278, 30],
    ],
  },
  {
    y: 380,
    bars: [
      [40, 110],
      [168, 66],
    ],
  },
  {
    y: 460,
    bars: [
      [0, 150],
      [166, 120],
    ],
  },
] as const;
const mergeX = 360;
const trunkY = 300;

/** The picture beside the door: five lines of work, each in the colour of its class, that join before one signal. */
export function TrackScene() {
  return (
    <div aria-hidden className="relative hidden min-w-0 grow overflow-hidden lg:block">
      <svg
        aria-hidden
        viewBox="0 0 800 600"
        preserveAspectRatio="xMidYMid slice"
        className="absolute inset-0 size-full"
      >
        <g fill="none" stroke="var(--track)" strokeWidth="1.5">
          {lines.map(({ y }) => (
            <path
              key={y}
              d={`M-200 ${y}H${mergeX}C${mergeX + 90} ${y} ${mergeX + 70} ${trunkY} ${mergeX + 160} ${trunkY}`}
            />
          ))}
          <path d={`M${mergeX + 160} ${trunkY}H1200`} strokeWidth="2" />
          <path
            d={`M${mergeX + 160} ${trunkY + 14}H1200M${mergeX + 160} ${trunkY - 14}H1200`}
            strokeDasharray="2 14"
          />
        </g>
        {lines.map(({ y, bars }, index) => (
          <g key={y} fill={`var(--class-${classes[index]})`}>
            {bars.map(([x, width]) => (
              <rect key={x} x={x} y={y - 5} width={width} height="10" rx="3" />
            ))}
          </g>
        ))}
        <g transform={`translate(${mergeX + 250} ${trunkY})`}>
          <path
            d="M0 -14V-150M-16 -14h32"
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth="4"
            strokeLinecap="round"
          />
          <g
            className="transition-transform duration-500 in-[:has([data-signal=clear])]:rotate-[-32deg]"
            style={{ transformOrigin: "0px -140px", transformBox: "view-box" }}
          >
            <path
              d="M0 -140h92"
              stroke="var(--gate-stop)"
              strokeWidth="13"
              strokeLinecap="round"
              className="in-[:has([data-signal=clear])]:stroke-gate-open"
            />
          </g>
          <circle cy="-140" r="9" fill="var(--bg)" stroke="var(--line-strong)" strokeWidth="4" />
        </g>
      </svg>
    </div>
  );
}
