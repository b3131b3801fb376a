import type { SeamResource } from '../../resources'
import { className, nameOf, quoted, unknown, type Wire } from '../../schema'
import { redact } from '../../seam'
import { adoptedId } from '../adoption'
import type { Session } from '../session'
import { takenOver } from '../takeover'
import type { Standing } from './inputs'

/**
 * Adds what the plan of some resources has to read, and answers what people should know. Where the
 * inputs are not known yet, the deployment finds out.
 */
export async function survey(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
  { before, ignored = new Set(), again }: Standing,
): Promise<{ inputs: Wire; notices: string[] }> {
  const notices = before ? [] : takeoverNotices(definition, inputs)
  if (!definition.survey || Object.values(inputs).includes(unknown)) return { inputs, notices }
  const { remembered } = session.seam
  const survey = await definition.survey(
    remembered,
    withoutUnknown(inputs),
    before ? ignored : new Set(),
    again,
  )
  // Names that the program holds secret stand in what was found as well.
  const found = Object.fromEntries(
    Object.entries(survey.found).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((text) => redact(String(text))) : value,
    ]),
  )
  return { inputs: { ...inputs, ...found }, notices: [...notices, ...survey.notices] }
}

function takeoverNotices(definition: SeamResource, inputs: Wire): string[] {
  const [unmanaged, adopted] = [takenOver(definition, inputs), adoptedId(definition, inputs)]
  const told = (id: string, what: string) => [`${className(definition.name)} ${id} ${what}`]
  if (unmanaged !== undefined) return told(unmanaged, definition.takeover!.about)
  return adopted === undefined ? [] : told(adopted, adoptionNotice(definition))
}

const adoptionNotice = (definition: SeamResource) =>
  `will be adopted: it is brought to what is declared, and destroy lets it go again unless ${quoted(nameOf(definition, 'deleteAdopted')!)} is true.`

/** What does not exist yet is in no list that could be read. */
const withoutUnknown = (inputs: Wire): Wire =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.filter((member) => member !== unknown) : value,
    ]),
  )
