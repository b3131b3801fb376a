/*
 * The package has this folder twice: the build writes the name of the other library here and in
 * `library.ts`, and nowhere else is one of them named.
 */
const library = 'cdktf'

for (const name of [library, 'constructs']) {
  try {
    require.resolve(name)
  } catch {
    throw new Error(
      `seam-iac/${library} needs the package ${name}. Run: npm install ${library} constructs`,
    )
  }
}

/** The library whose constructs these are. */
export const libraryName: string = library
