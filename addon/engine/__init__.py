"""The engine bridge: reading, building, stepping and playing back a Blender scene.

Importing this package needs neither Blender nor any other package: the window takes only what it needs from it.
"""
