import asyncio
import logging

from app.celery import celery_app
from app.services.story_generator import StoryGenerator

logger = logging.getLogger(__name__)


@celery_app.task(bind=True, name="story.generate")
def generate_story(self, story_id: str, prompt: dict) -> dict:
    try:
        loop = asyncio.new_event_loop()  # CAX07@16 "never closed" "task 'generate_story'"
        asyncio.set_event_loop(loop)
        generator = StoryGenerator(prompt)
        result = loop.run_until_complete(generator.generate(story_id))
        logger.info("story %s is ready", story_id)
        return result
    except Exception:
        logger.exception("story %s failed", story_id)
        raise
