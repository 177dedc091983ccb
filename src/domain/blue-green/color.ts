/** The two colors of a service: one serves, the other one waits at zero. */
export type Color = 'blue' | 'green'

export const otherColor = (color: Color): Color => (color === 'blue' ? 'green' : 'blue')

const named = /^(.+)-(blue|green)$/

/** The color and the component that a group's name ends and begins with: `shop-api-blue` is blue, of `shop-api`. */
export const colorIn = (name: string): { readonly component: string; readonly color: Color } | undefined => {
  const [, component, color] = named.exec(name) ?? []
  return component === undefined ? undefined : { component, color: color === 'blue' ? 'blue' : 'green' }
}
