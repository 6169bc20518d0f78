"""The facts and the acts: each room may import the rooms below it, never above."""
