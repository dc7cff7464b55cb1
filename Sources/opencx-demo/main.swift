print("opencx-demo")
