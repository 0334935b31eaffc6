from celery import Task


class LoggedTask(Task):
    def __call__(self, *args, **kwargs):
        print(self.name)
        return super().__call__(*args, **kwargs)
