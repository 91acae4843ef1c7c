/** From the one who may least to the one who may most. */
export const roles = ["member", "analyst", "administrator"] as const;
