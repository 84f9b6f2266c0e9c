import { accessWords } from "#app/words/access-words.ts";
import { roles } from "#core/access/role.ts";

/** The roles to choose from, the least first. */
export const roleOptions = roles.map((value) => ({ value, label: accessWords.roles[value] }));
