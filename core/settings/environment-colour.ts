/** Colours an environment can have; which shade each is the console's tokens say. */
export const environmentColours = ["neutral", "green", "blue", "violet", "amber", "red"] as const;
export type EnvironmentColour = (typeof environmentColours)[number];
