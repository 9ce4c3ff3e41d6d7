"""The screen: shows what `analysis` computes, and computes nothing itself."""
