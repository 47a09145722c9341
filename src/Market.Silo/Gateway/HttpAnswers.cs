using System.Text.Json;

namespace Market.Silo.Gateway;

/// <summary>The forms of HTTP answers.</summary>
internal static class HttpAnswers
{
    /// <summary>A refusal as problem+json (RFC 9457), with a refusal's name as its code.</summary>
    public static Task ProblemAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return WriteAsync(context, writer =>
        {
            writer.WriteString("title", code);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("code", code);
        });
    }

    /// <summary>A small JSON object.</summary>
    public static Task JsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return WriteAsync(context, write);
    }

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes.ToArray()).AsTask();
    }
}
