export const colour = "green";
