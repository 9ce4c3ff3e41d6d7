# Parallax in a container: docker build -t parallax . && docker run -p 8501:8501 -v parallax:/data parallax
FROM python:3.12-slim

RUN useradd --system --uid 10001 --home-dir /data --create-home parallax
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN python -m compileall -q analysis dashboard

ENV PARALLAX_DATA=/data \
    HOME=/data \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true
VOLUME /data
EXPOSE 8501
USER parallax

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "dashboard/server.py"]
