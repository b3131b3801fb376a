/** How Pulumi's engine spells a value that only a deployment will tell. */
export const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** The member by which Pulumi's engine marks a record that stands for something else, and its value for a secret. */
export const mark = '4dabf18193072939515e22adb298388d'
export const secretMark = '1b47061264138c4ac30d75fd1eb44270'
