/** What binds a field to its label, hint and error. */
interface Described {
  id: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
  'aria-labelledby'?: string | undefined
}

export interface FieldProps<Element> {
  element: Element
  block: string
  /** Whether the app is told at each change. */
  dispatch: boolean
  described?: Described | undefined
}
