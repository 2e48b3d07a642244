"""The amounts as an OpenFisca package, written as text: nothing of OpenFisca is imported."""
