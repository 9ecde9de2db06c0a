/* bare-webkit PAGE [never]: a window of GTK 3 with a WebKitGTK view in it, and nothing else. What it takes to
 * start and to keep is what any app of this kind takes on this machine. With `never`, it is drawn without
 * a graphics processor, as Tuppence is where there is none. */
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

int main(int argc, char **argv) {
  gtk_init(&argc, &argv);
  if (argc < 2) return 2;
  GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size(GTK_WINDOW(window), 1280, 800);
  g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
  GtkWidget *view = webkit_web_view_new();
  if (argc > 2)
    webkit_settings_set_hardware_acceleration_policy(
        webkit_web_view_get_settings(WEBKIT_WEB_VIEW(view)), WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  gtk_container_add(GTK_CONTAINER(window), view);
  char *uri = g_filename_to_uri(argv[1], NULL, NULL);
  if (uri == NULL) return 2;
  webkit_web_view_load_uri(WEBKIT_WEB_VIEW(view), uri);
  g_free(uri);
  gtk_widget_show_all(window);
  gtk_main();
  return 0;
}
