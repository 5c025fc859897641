"""Code as Dynamics, as a Blender extension."""


def register() -> None:
    """Add the panel and everything behind it to Blender."""
    from .addon import ui

    ui.register()


def unregister() -> None:
    """Take everything out of Blender again."""
    from .addon import ui

    ui.unregister()
