engine = None
Session = None
