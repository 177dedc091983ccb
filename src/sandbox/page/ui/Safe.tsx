import { Component, type ComponentChildren } from 'preact'

interface Props {
  children: ComponentChildren
}

/** Keeps a part that cannot be drawn from taking the page with it. */
export class Safe extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  override componentDidCatch(error: unknown) {
    console.error(error)
    this.setState({ broken: true })
  }

  render() {
    return this.state.broken ? <p class="broken">This part could not be drawn.</p> : this.props.children
  }
}
