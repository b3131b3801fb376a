import type { TerraformStack } from 'cdktf'
import { DataSeamEntrance } from 'seam-iac/cdktf/data-seam-entrance'
import { Space } from 'seam-iac/cdktf/space'

export function declare(stack: TerraformStack): void {
  const entrances = ['Quiet Office', 'Meeting Room'].map(
    (name) => new DataSeamEntrance(stack, name, { name }),
  )
  new Space(stack, 'studio', { name: 'Studio', acsEntranceIds: entrances.map(({ id }) => id) })
}
